import { gzipSync } from "node:zlib";
import { setsProxy } from "../../../core/diagnosis/agent/proxy";
import { text, value } from "../../support/model";

const DROP_IN = `mkdir -p /etc/systemd/system/amazon-ssm-agent.service.d
cat > /etc/systemd/system/amazon-ssm-agent.service.d/override.conf <<'EOF'
[Service]
Environment="https_proxy=http://proxy:3128"
EOF
systemctl restart amazon-ssm-agent`;

const BY_REGISTRY = `<powershell>
$keys = @("http_proxy=proxy:3128", "https_proxy=proxy:3128", "no_proxy=169.254.169.254")
Set-ItemProperty -Path HKLM:\\SYSTEM\\CurrentControlSet\\Services\\AmazonSSMAgent -Name Environment -Value $keys
Restart-Service AmazonSSMAgent
</powershell>`;

const MIME = `Content-Type: multipart/mixed; boundary=X

--X
Content-Type: text/x-shellscript

#!/bin/bash
${DROP_IN}
--X--`;

test.each([
  ["a drop-in of the agent's unit", DROP_IN, "agent"],
  [
    "a drop-in of the snap's unit",
    DROP_IN.replaceAll("amazon-ssm-agent.service.d", "snap.amazon-ssm-agent.amazon-ssm-agent.service.d"),
    "agent",
  ],
  ["upstart's override", "echo 'env https_proxy=http://proxy:3128' > /etc/init/amazon-ssm-agent.override", "agent"],
  ["the service's registry key", BY_REGISTRY, "agent"],
  ["the machine's environment file", "echo https_proxy=http://proxy:3128 >> /etc/environment", "machine"],
  [
    "a Windows machine variable",
    '<powershell>[Environment]::SetEnvironmentVariable("HTTPS_PROXY", "http://proxy:3128", "Machine")</powershell>',
    "machine",
  ],
  ["WinHTTP", "<script>netsh winhttp set proxy proxy:3128</script>", "machine"],
  [
    "systemd's default environment",
    'printf "[Manager]\\nDefaultEnvironment=HTTPS_PROXY=http://p:1\\n" > /etc/systemd/system.conf.d/proxy.conf',
    "machine",
  ],
  ["an export", "export HTTPS_PROXY=http://proxy:3128\nyum update -y", "commands"],
  ["an export with a hole", "export http_proxy=«Proxy»", "commands"],
  ["yum's configuration", "cat >> /etc/yum.conf <<EOF\nproxy=http://proxy:3128\nEOF", "commands"],
  ["compressed user data", gzipSync(`#!/bin/bash\n${DROP_IN}`).toString("base64"), "agent"],
  ["a MIME part", MIME, "agent"],
])("a proxy is found in %s", (_, script, scope) => {
  const userData = /^(#!|<|H4s|Content)/.test(script) ? script : `#!/bin/bash\n${script}`;
  expect(setsProxy({ parts: text(userData) })?.scope).toBe(scope);
});

test.each([
  ["nothing of the kind", "yum install -y nginx"],
  ["a comment", "# export https_proxy=http://proxy:3128"],
  ["an exception only", "export no_proxy=169.254.169.254"],
  ["a proxy that is taken away", "unset https_proxy"],
  ["an empty proxy", "export https_proxy="],
  ["a reverse proxy's own setting", "echo 'proxy_pass http://app:8080;' > /etc/nginx/conf.d/app.conf"],
])("%s sets no proxy", (_, script) => {
  expect(setsProxy({ parts: text(`#!/bin/bash\n${script}`) })).toBeUndefined();
});

test("the line that sets the proxy is shown as written, with its holes", () => {
  const found = setsProxy({ parts: text("#!/bin/bash\n  export https_proxy=http://«ProxyHost»:3128\n") });
  expect(found?.lines).toEqual(["export https_proxy=http://${ProxyHost}:3128"]);
});

test.each([
  ["export no_proxy=localhost,169.254.169.254", true],
  ["export no_proxy=localhost", false],
])("%s keeps the proxy away from the instance metadata service: %s", (line, expected) => {
  const found = setsProxy({ parts: text(`#!/bin/bash\nexport https_proxy=http://proxy:3128\n${line}\n`) });
  expect(found?.sparesMetadata).toBe(expected);
});

test("cfn-init metadata counts too", () => {
  const content = '[Service]\nEnvironment="https_proxy=http://proxy:3128"';
  const init = value({
    config: { files: { "/etc/systemd/system/amazon-ssm-agent.service.d/proxy.conf": { content } } },
  });
  expect(setsProxy({ parts: ["#!/bin/bash\ncfn-init -s a -r b"] }, init)?.scope).toBe("agent");
});
