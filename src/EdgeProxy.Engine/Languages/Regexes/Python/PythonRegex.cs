using System.Diagnostics.CodeAnalysis;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Languages.Regexes.Python;

/// <summary>
/// A regular expression in the dialect of Python's <c>re</c> (3.11 to 3.13, text patterns): what
/// <c>re.compile(pattern).match(text) is not None</c> says. Immutable and safe for any number of threads.
/// <para>
/// 1. <see cref="PatternParser"/> reads the pattern by Python's rules and finds Python's errors.
/// 2. <see cref="ProgramCompiler"/> writes it out as instructions, a bounded number.
/// 3. A match runs them: <see cref="LinearMatcher"/> wherever the pattern allows it, else
/// <see cref="BacktrackingMatcher"/>.
/// </para>
/// <para>
/// The runtime's own engine is not used. Its linear mode costs megabytes and hundreds of milliseconds for Python's word
/// characters, caches states without a useful bound, and times out by the clock while it warms up; its other mode
/// differs from Python in word boundaries, letter case, possessive repetitions and characters beyond U+FFFF.
/// </para>
/// </summary>
internal sealed class PythonRegex
{
    /// <summary>Enough for some hundred labels of 63 characters, and 240 KB.</summary>
    private const int MaxInstructions = 20_000;

    /// <summary>A belt for megabytes of text against a huge program; some 40 ms.</summary>
    private const int MaxLinearSteps = 10_000_000;

    // The linear matcher clears its notes of each instruction before it starts.
    private const int InstructionsPreparedPerStep = 32;

    private readonly RegexProgram _program;

    private PythonRegex(RegexProgram program, bool isLinear)
    {
        _program = program;
        IsLinear = isLinear;
    }

    /// <summary>Indicates whether a match takes time in proportion to the text; otherwise it takes a limited number of steps.</summary>
    public bool IsLinear { get; }

    /// <summary>False when Python would refuse the pattern, or when it is too large or too deep to be run safely.</summary>
    /// <param name="pattern">The pattern, flags inline.</param>
    /// <param name="regex">The expression.</param>
    /// <param name="error">The error and, if known, the position of the code point.</param>
    /// <param name="budget">Pays for the instructions beyond the length of the pattern; null for no limit.</param>
    /// <exception cref="StepBudgetException">The budget is exhausted.</exception>
    public static bool TryCreate(
        string pattern,
        [NotNullWhen(true)] out PythonRegex? regex,
        [NotNullWhen(false)] out string? error,
        StepBudget? budget = null)
    {
        try
        {
            var parsed = PatternParser.Parse(pattern); // 1
            var program = ProgramCompiler.TryCompile(parsed, MaxInstructions); // 2
            budget?.Spend((program?.BuildSteps ?? MaxInstructions) - pattern.Length);
            if (program is null)
            {
                throw new PatternException($"too large: more than {MaxInstructions} steps when written out");
            }

            regex = new PythonRegex(program, parsed.IsRegular);
            error = null;
            return true;
        }
        catch (PatternException exception)
        {
            regex = null;
            error = exception.Message;
            return false;
        }
    }

    /// <summary>Determines whether the expression matches at the start of the text, not necessarily up to its end.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="budgetExceeded">True if the match took too many steps; the answer is false then.</param>
    public bool MatchesAtStart(ReadOnlySpan<char> text, out bool budgetExceeded) =>
        MatchesAtStart(text, int.MaxValue, out _, out budgetExceeded);

    /// <summary>Determines whether the expression matches at the start of the text, not necessarily up to its end.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maxSteps">The steps it may take; there is a limit of its own, too.</param>
    /// <param name="steps">The steps it took, which may be a few more.</param>
    /// <param name="budgetExceeded">True if the match took too many steps; the answer is false then.</param>
    public bool MatchesAtStart(ReadOnlySpan<char> text, int maxSteps, out int steps, out bool budgetExceeded)
    {
        if (!IsLinear)
        {
            return BacktrackingMatcher.Matches(_program, text, Math.Min(maxSteps, BacktrackingMatcher.MaxSteps), out steps, out budgetExceeded); // 3
        }

        maxSteps = Math.Min(maxSteps, MaxLinearSteps);
        var isMatch = LinearMatcher.Matches(_program, text, maxSteps, out steps); // 3
        budgetExceeded = !isMatch && steps > maxSteps;
        steps += _program.Instructions.Length / InstructionsPreparedPerStep;
        return isMatch;
    }
}
