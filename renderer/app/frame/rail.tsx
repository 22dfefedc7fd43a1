// The left rail: the client switcher and the screens.
import { Link, useLocation } from 'wouter';
import { frame } from '../../text/frame.ts';
import { PAGES } from '../pages.ts';
import { ClientSwitcher } from './client-switcher.tsx';

export function Rail() {
  const [location] = useLocation();
  return (
    <nav className="sr-rail sr-no-print" aria-label={frame.navigation}>
      <ClientSwitcher />
      <ul>
        {PAGES.map(({ name, path, icon: Icon }) => (
          <li key={name}>
            <Link href={path} className="sr-rail-link" aria-current={location === path ? 'page' : undefined}>
              <Icon size={16} strokeWidth={1.9} aria-hidden="true" />
              <span className="sr-rail-text">{frame.pages[name]}</span>
            </Link>
          </li>
        ))}
      </ul>
      <p className="sr-rail-product">{frame.product}</p>
    </nav>
  );
}
