// `strongroom clients …`: add, list.
import type { Command } from '../command.ts';
import { withOffice } from '../open-office.ts';
import { formatTable } from '../output.ts';

export const clientsAdd: Command = {
  usage: 'clients add DIR NAME',
  summary: 'adds a client with a database and a key of its own',
  run: async ({ args, output }) => {
    const name = args.word(3, 'NAME');
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const client = await app.clients.add({ name });
      output.result(client, () => `Added ${client.name} (${client.id}).`);
    });
  },
};

export const clientsList: Command = {
  usage: 'clients list DIR',
  summary: 'lists the clients',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const { clients } = await app.clients.overview({});
      output.result(clients, () =>
        formatTable(
          ['client', 'accounts', 'transactions', 'health'],
          clients.map((client) => [client.name, client.accounts, client.transactions, client.health]),
          [1, 2],
        ),
      );
    });
  },
};
