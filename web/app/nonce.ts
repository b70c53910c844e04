/** The nonce of this page's policy, for the styles that Ant Design writes; vite leaves it in a meta element. */
export const nonce: string | undefined = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce;
