/** The sample accounts of a local trial; pressing one fills the form. */
import type { Schemas } from '../../api/client.ts';
import styles from './SignIn.module.css';

type Sample = NonNullable<Schemas['SignInOptions']['sample']>;

interface SamplesProps extends Sample {
  readonly onChoose: (name: string) => void;
}

export const Samples = ({ password, accounts, onChoose }: SamplesProps) => (
  <section className={styles['samples']} aria-labelledby="samples">
    <h2 id="samples">本机试用的示例账号</h2>
    {accounts.length === 0 ? (
      <p>没有示例账号，或都已改过密码。</p>
    ) : (
      <>
        <p>
          密码都是 <code>{password}</code>，点一个账号即填入。
        </p>
        <ul>
          {accounts.map(({ name, says }) => (
            <li key={name}>
              <button type="button" className={styles['sample']} onClick={() => onChoose(name)}>
                <b>{name}</b>
                <span>{says}</span>
              </button>
            </li>
          ))}
        </ul>
      </>
    )}
  </section>
);
