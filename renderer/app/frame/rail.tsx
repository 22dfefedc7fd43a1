// The left rail: the client switcher and the screens.
import { Link, useLocation } from 'wouter';
import { frame } from '../../text/frame.ts';
import { PAGES } from '../pages.ts';
import { ClientSwitcher } from './client-switcher.tsx';

export function Rail() {
  const [location] = useLocation();
  return (
    <div className="sr-rail sr-no-print">
      <ClientSwitcher />
      <nav aria-label={frame.navigation}>
        <ul>
          {PAGES.map(({ name, path, icon: Icon }) => (
            <li key={name}>
              <Link href={path} className="sr-rail-link" aria-current={location === path ? 'page' : undefined}>
                <Icon size={16} strokeWidth={1.9} aria-hidden="true" />
                {frame.pages[name]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <p className="sr-rail-product">{frame.product}</p>
    </div>
  );
}
