/** A field for a password, whose eye is large enough to be pressed. */
import { Input } from 'antd';
import type { ComponentProps } from 'react';
import styles from './PasswordInput.module.css';

export const PasswordInput = (props: ComponentProps<typeof Input.Password>) => (
  <Input.Password {...props} className={styles['password'] ?? ''} />
);
