/** Where a notice's link leads. Knows the product's address and no page. */

/** `<publicUrl>/cases/<case id>`, each part of the id escaped; the to-do list without a case. */
export function linkTo(publicUrl: string, caseId?: string): string {
  const home = publicUrl.replace(/\/+$/, '');
  return caseId === undefined ? `${home}/` : `${home}/cases/${caseId.split('/').map(encodeURIComponent).join('/')}`;
}
