/**
 * Words that are common in reviews and programs, so that showing them reveals no secret: if a password is one of them, it
 * would otherwise be masked in every sentence.
 */
const WORDS = new Set(
  [
    'access account action added address addresses admin administrator after allowed anyone app apply attribute azure',
    'backend before block blocks build cannot certain change changed changes client cloud cluster code config container',
    'contributor create created data database default defaults demo dev development deployment destroy destroyed',
    'disabled disk enabled entry everyone example external fails file firewall from frontend gateway gone group guest',
    'host identity image inside instance instances internal internet key known latest likely list local location lock',
    'login main manager master minute more moved name namespace network never node nodes none nothing null only open',
    'operator order other outage outgoing owner pass password place plan pods pool port possible private prod production',
    'protocol provider public queue reachable read reader region registry replace replaced resource resources restarts',
    'role root rule rules secret secrets server service services source stack staging state storage subnet system table',
    'task test text that them there this token true false type unknown unless update updated user username users value',
    'values vault version virtual volume when which with write',
  ].flatMap((line) => line.split(' ')),
);

/** The length of the longest common word. */
const LONGEST = 16;

/** Words that are not masked within other texts: common words, and the words in names that the program uses. */
export class CommonWords {
  private readonly names = new Set<string>();
  private readonly known = new Set<string>();

  /** Adds the words in a name of the program's vocabulary, such as a type or an argument. */
  public addName(name: string): void {
    if (!this.known.has(name)) {
      this.known.add(name);
      const words = name.match(/[A-Za-z]+/g) ?? [];
      words.filter((word) => word.length <= LONGEST).forEach((word) => this.names.add(word.toLowerCase()));
    }
  }

  /** Whether a text is such a word, which has only letters. */
  public has(text: string): boolean {
    const word = text.toLowerCase();
    return WORDS.has(word) || this.names.has(word);
  }
}
