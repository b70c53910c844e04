/** What stands where a page broke: which page, what still works, and a way to try again. */
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { ApiFailure } from '../api/client.ts';
import { Failure } from '../parts/Failure.tsx';

interface Props {
  readonly title: string;
  readonly path: string;
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | null;
}

export class PageGuard extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    // eslint-disable-next-line no-console -- the only log a page has
    console.error(error, info.componentStack);
  }

  override componentDidUpdate(before: Props): void {
    if (before.path !== this.props.path && this.state.error !== null) this.setState({ error: null });
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const shown =
      error instanceof ApiFailure
        ? error
        : new ApiFailure(0, { code: 'page-broke', detail: `「${this.props.title}」这一页出错了，其他页面不受影响。` });
    return <Failure error={shown} retry={() => this.setState({ error: null })} />;
  }
}
