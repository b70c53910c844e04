/** How long a password may be used (等保 level 3, GB/T 22239-2019 8.1.4.1 a: 鉴别信息应定期更换; the period is the office's choice). */
export const PASSWORD_DAYS = 90;
export const PASSWORD_MS = PASSWORD_DAYS * 86_400_000;
