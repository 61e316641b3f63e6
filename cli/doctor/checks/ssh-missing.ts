import { type Check, ok, problem, unknown } from "../check";
import { findOnPath, unreadableFolders } from "../programs";
import { hostsOverSessionManager, proxyFor } from "../ssh-config";
import { SSH_PAGE, SSH_TARGETS } from "./ssh-proxy-wrong";

export const sshMissing: Check = {
  id: "ssh-missing",
  title: "OpenSSH is set up for Session Manager and is not on PATH",
  why: "Session Manager carries ssh and scp only where the workstation has them. Sessions of the AWS CLI do not need them.",
  reference: SSH_PAGE,
  run: ({ workstation, ssh }) => {
    const found = findOnPath(workstation, "ssh");
    if (found?.state === "program") return ok(found.path);
    const hidden = [...unreadableFolders(workstation), ...ssh().unreadable];
    if (hidden.length > 0) return unknown(`it was not found, and this user may not read ${hidden.join(", ")}`);
    const config = ssh();
    const wanted =
      hostsOverSessionManager(config).length > 0 || SSH_TARGETS.some((host) => proxyFor(config, host) !== undefined);
    if (!wanted) return ok("not there; needed only for ssh and scp over Session Manager");
    const fix =
      workstation.platform === "win32"
        ? "in an elevated PowerShell: Add-WindowsCapability -Online -Name OpenSSH.Client"
        : "Install the OpenSSH client.";
    return problem("no folder of PATH has a program ssh", fix);
  },
};
