/** The recovery codes, shown this once: to be printed or written down. */
import { Button } from 'antd';
import { Note } from '../../parts/Note.tsx';
import styles from './Account.module.css';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}

export const RecoveryCodes = ({ codes, onKept }: RecoveryCodesProps) => (
  <>
    <Note title="这些恢复码只显示这一次">
      手机丢失时，每个恢复码可以代替一次六位数字。请抄下或打印，与手机分开保管。
    </Note>
    <ul className={styles['codes']}>
      {codes.map((code) => (
        <li key={code}>{code}</li>
      ))}
    </ul>
    <Button type="primary" onClick={onKept}>
      我已保存
    </Button>
  </>
);
