// Catches what a screen throws while it draws itself, so that the frame and the lock stay usable. It hides nothing: the error is shown.
import { Component, type ReactNode } from 'react';
import { ErrorPanel } from '../ui/error-panel.tsx';

interface Props {
  /** A change of it, such as another screen, gives the children a new try. */
  readonly resetKey: string;
  readonly children: ReactNode;
}

interface State {
  readonly error: unknown;
  readonly resetKey: string;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: State): State | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <div className="sr-page">
        <ErrorPanel error={this.state.error} onRetry={() => this.setState({ error: null })} />
      </div>
    );
  }
}
