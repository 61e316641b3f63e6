export { SessionManagerChecks, type SessionManagerChecksProps } from "./checks";
