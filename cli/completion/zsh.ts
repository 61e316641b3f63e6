import type { CommandWords, Follower, OptionWords } from "./words";

export const zshScript = (commands: readonly CommandWords[]): string => `#compdef ssm-preflight
# zsh completion for ssm-preflight
# Put it as _ssm-preflight into a folder of $fpath, or load it with: source <(ssm-preflight completion zsh)

_ssm-preflight() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  _arguments -C '(- *)'{-h,--help}'[the help text]' '(- *)'{-v,--version}'[the version]' '1: :->command' '*:: :->rest'
  case $state in
    command)
      local -a commands=(
${commands.map(({ name, description }) => `        ${quoted(`${name}:${description}`)}`).join("\n")}
      )
      _describe command commands
      ;;
    rest)
      case $line[1] in
${commands.map(commandCase).join("\n")}
      esac
      ;;
  esac
}

if [[ $funcstack[1] == _ssm-preflight ]]; then
  _ssm-preflight "$@"
else
  compdef _ssm-preflight ssm-preflight
fi
`;

function commandCase({ name, options, argument }: CommandWords): string {
  const specs = [...options.map(optionSpec), ...argumentSpec(argument)].map(quoted);
  return `        ${name})\n          _arguments ${specs.join(" \\\n            ")}\n          ;;`;
}

const REPEATABLE = /; repeatable$/;

function optionSpec({ name, value, isValueOptional, description }: OptionWords): string {
  const often = REPEATABLE.test(description) ? "*" : "";
  const text = description.replace(/[[\]\\]/g, "\\$&");
  const start = `${often}${name}`;
  if (value.kind === "nothing") return `${start}[${text}]`;
  const takes = `:${name.slice(2)}:${action(value)}`;
  // An option and its value are one word or two; a value that may be left out is in the same word.
  return isValueOptional ? `${start}=-[${text}]:${takes}` : `${start}=[${text}]${takes}`;
}

function argumentSpec(argument: Follower): readonly string[] {
  return argument.kind === "nothing" ? [] : [`*: :${action(argument)}`];
}

function action(value: Follower): string {
  switch (value.kind) {
    case "words":
      return `(${value.words.join(" ")})`;
    case "words-for-files":
      return `{ if compset -P "*="; then _files; else compadd -S = -- ${value.words.join(" ")}; fi }`;
    case "files":
      return "_files";
    case "anything":
    case "nothing":
      return " ";
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
