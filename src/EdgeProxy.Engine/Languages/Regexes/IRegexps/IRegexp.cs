using EdgeProxy.Engine.Values;
using static EdgeProxy.Engine.Languages.Regexes.PatternNode;

namespace EdgeProxy.Engine.Languages.Regexes.IRegexps;

/// <summary>
/// An I-Regexp (RFC 9485). Every one of them is regular, so that matching takes time in proportion to the text and the
/// pattern. Immutable and safe for any number of threads. .NET's own linear engine is not used: it works on UTF-16 units
/// where I-Regexp is about code points, and it takes seconds to compile patterns of some hundred different characters,
/// which no timeout of a match ends.
/// </summary>
internal sealed class IRegexp
{
    /// <summary>
    /// The maximum number of instructions of a pattern. Repetitions are written out, which RFC 9485, section 8 warns of: ten
    /// characters can ask for millions.
    /// </summary>
    private const int MaxInstructions = 10_000;

    private static readonly Repeat Anything = new(new Characters(CodePointSet.All), 0, Unlimited, RepeatMode.Lazy);
    private static readonly Anchor End = new(AnchorKind.TextEnd);

    private readonly RegexProgram _program;

    private IRegexp(RegexProgram program) => _program = program;

    /// <summary>The number of instructions; preparing a match takes time in proportion.</summary>
    public int Size => _program.Instructions.Length;

    /// <summary>The compiled pattern, or null if it is not a valid one, or too large a one.</summary>
    /// <param name="pattern">The I-Regexp.</param>
    /// <param name="whole">True to match a text from start to end.</param>
    /// <param name="budget">Pays for the instructions beyond the length of the pattern; null for no limit.</param>
    /// <exception cref="StepBudgetException">The budget is exhausted.</exception>
    public static IRegexp? TryCompile(string pattern, bool whole, StepBudget? budget = null)
    {
        if (new IRegexpParser(pattern).Parse() is not { } root)
        {
            return null;
        }

        // Programs match from the start and not necessarily up to the end. Besides the pattern, one that matches a whole
        // text has the anchor, one that searches has the loop over what comes before; then there is the one that accepts.
        var (around, instructionsAround) = whole ? (new Sequence([root, End]), 1 + 1) : (new Sequence([Anything, root]), 3 + 1);
        var program = ProgramCompiler.TryCompile(ParsedPattern.Regular(around), MaxInstructions + instructionsAround);
        budget?.Spend((program?.BuildSteps ?? MaxInstructions) - pattern.Length);
        return program is null ? null : new IRegexp(program);
    }

    /// <summary>Determines whether the text matches, within a number of steps; see <see cref="LinearMatcher.Matches"/>.</summary>
    public bool IsMatch(string text, int maxSteps, out int steps) =>
        LinearMatcher.Matches(_program, text, maxSteps, out steps);
}
