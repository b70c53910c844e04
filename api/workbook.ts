/** How files that people open travel: a workbook's media type, and a Chinese file name in a header. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const attached = (fileName: string): { readonly 'Content-Disposition': string } => ({
  'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
});
