/**
 * Types whose code, a program's own or that of a command, does what no resource of the program shows.
 * Sources: Pulumi documentation, "Dynamic resource providers"; Pulumi registry, packages `command` and `aws`.
 */
const CUSTOM_TYPES = /^(pulumi-\w+:dynamic[:/]|command:(local|remote):Command$|aws:lambda\/invocation:Invocation$)/;

export const isCustomType = (token: string): boolean => CUSTOM_TYPES.test(token);
