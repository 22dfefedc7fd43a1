// What the bank lets us read and why it is needed, in words; the bank's own name beside it.
import { permissionText } from '../../text/permissions.ts';

export function PermissionList({ names }: { readonly names: readonly string[] }) {
  return (
    <ul className="sr-permissions">
      {names.map((name) => {
        const words = permissionText[name];
        return (
          <li key={name}>
            <span>{words ? `${words.what}, ${words.why}` : name}</span>
            <span className="sr-mono sr-quiet">{name}</span>
          </li>
        );
      })}
    </ul>
  );
}
