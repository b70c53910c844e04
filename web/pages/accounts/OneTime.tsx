/** A one-time password, shown this once to whoever hands it over. */
import { Note } from '../../parts/Note.tsx';
import styles from './Accounts.module.css';

export const OneTime = ({ name, password }: { readonly name: string; readonly password: string }) => (
  <Note title="一次性密码，只显示这一次">
    <p>请当面或以其他可靠方式交给本人；首次登录须修改。账号：{name}</p>
    <code className={styles['password']}>{password}</code>
  </Note>
);
