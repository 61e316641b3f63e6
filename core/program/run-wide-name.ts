/**
 * Names of unknown values hold within a stack. A reader that takes a value into another stack ends its name in ` of <stack>`,
 * and then equal names hold equal values in the whole run.
 */
export const isRunWide = (name: string): boolean => / of \S+$/.test(name);
