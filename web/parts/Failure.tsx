/** Where data would be: what failed, what still works, a way to try again, and the request's number. */
import { Alert, Button } from 'antd';
import { ApiFailure } from '../api/client.ts';
import { fullWidth } from '../words/punctuation.ts';
import { inFull } from '../words/statutes.ts';

interface FailureProps {
  readonly error: unknown;
  readonly retry?: () => void;
  readonly retryWords?: string;
  /** What still works, e.g. 其他部分不受影响。 */
  readonly still?: string;
}

export function Failure({ error, retry, retryWords = '重试', still }: FailureProps) {
  const failure =
    error instanceof ApiFailure
      ? error
      : new ApiFailure(0, { code: 'page-broke', detail: '这一处出错了，没有改动任何数据。' });
  const { detail, article, requestId, errors } = failure;
  return (
    <Alert
      type="error"
      role="alert"
      title={`${fullWidth(detail)}${article === undefined ? '' : `（${inFull(article)}）`}`}
      description={
        <>
          {errors.map(({ path, message }) => (
            <p key={path}>{fullWidth(message)}</p>
          ))}
          {still !== undefined && <p>{still}</p>}
          {requestId !== undefined && <p className="small quiet">请求编号 {requestId}</p>}
        </>
      }
      action={
        retry === undefined ? undefined : (
          <Button size="small" onClick={retry}>
            {retryWords}
          </Button>
        )
      }
    />
  );
}
