/** What chooses by the tag Name, which is then no mere name: `tag:Name`, `aws:ResourceTag/Name` and the word itself, but for a key and for the tag of a resource. */
export const SELECTS_BY_NAME = /[:/]Name\b|\\"Name\\"|"Name"(?!\s*:|,\s*"Value":\s*")/;
