import type { Exemption } from "./declaration";

const SETTING = /(?:^|\s)(\w+)=(\S*)/g;

/**
 * An exemption where one text is all that there is room for: the reason, which may end with the last day and who answers for it:
 * `vendor appliance without agent expires=2027-01-31 owner=network-team`. What cannot be understood goes to `expires`, where it
 * counts as expired.
 */
export function exemptionOf(text: string): Omit<Exemption, "rule"> {
  const settings = [...text.matchAll(SETTING)].map(([, key = "", value = ""]) => ({ key, value }));
  const reason = text.replace(SETTING, "").trim();
  const owner = settings.find(({ key }) => key === "owner")?.value;
  const expires = expiry(settings) ?? expiryWithoutSign(reason);
  return { reason, ...(expires === undefined ? {} : { expires }), ...(owner === undefined ? {} : { owner }) };
}

/** `expires 2027-01-31` and `expires: …` mean a date and must not pass for a reason without one. */
const expiryWithoutSign = (reason: string): string | undefined => /\bexpir\w*\b.*$/i.exec(reason)?.[0];

interface Setting {
  readonly key: string;
  readonly value: string;
}

function expiry(settings: readonly Setting[]): string | undefined {
  const strange = settings.find(({ key }) => key !== "expires" && key !== "owner");
  if (strange !== undefined) return `${strange.key}=${strange.value}`;
  const dates = settings.filter(({ key }) => key === "expires").map(({ value }) => value);
  return dates.length === 0 ? undefined : dates.join(" ");
}
