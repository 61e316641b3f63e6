/** What stands behind the last slash, of an ARN or path the name. */
export const lastSegment = (text: string): string => text.slice(text.lastIndexOf("/") + 1);
