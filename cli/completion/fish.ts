import type { CommandWords, Follower, OptionWords } from "./words";

export const fishScript = (commands: readonly CommandWords[]): string => `# fish completion for ssm-preflight
# Load it with: ssm-preflight completion fish | source

complete -c ssm-preflight -f
${commands
  .map(
    ({ name, description }) =>
      `complete -c ssm-preflight -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
  )
  .join("\n")}
complete -c ssm-preflight -n __fish_use_subcommand -s h -l help -d 'the help text'
complete -c ssm-preflight -n __fish_use_subcommand -s v -l version -d 'the version'
${commands.flatMap(commandLines).join("\n")}
`;

function commandLines({ name, options, argument }: CommandWords): readonly string[] {
  const start = `complete -c ssm-preflight -n '__fish_seen_subcommand_from ${name}'`;
  return [
    ...options.map((option) => `${start} ${optionText(option)}`),
    ...argumentText(argument).map((text) => `${start} ${text}`),
  ];
}

const optionText = ({ name, value, isValueOptional, description }: OptionWords): string =>
  [`-l ${name.slice(2)}`, ...(isValueOptional ? [] : valueText(value)), `-d ${quoted(description)}`].join(" ");

function valueText(value: Follower): readonly string[] {
  switch (value.kind) {
    case "nothing":
      return [];
    case "words":
      return [`-x -a ${quoted(value.words.join(" "))}`];
    case "words-for-files":
      return [`-r -a ${quoted(value.words.map((word) => `${word}=`).join(" "))}`];
    case "files":
      return ["-r -F"];
    case "anything":
      return ["-x"];
  }
}

function argumentText(argument: Follower): readonly string[] {
  if (argument.kind === "files") return ["-F"];
  return argument.kind === "words" ? [`-a ${quoted(argument.words.join(" "))}`] : [];
}

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
