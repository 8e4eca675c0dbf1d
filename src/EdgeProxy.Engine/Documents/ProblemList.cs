using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Documents;

/// <summary>Collects the problems of one environment, and knows what compiling it may still take.</summary>
internal sealed class ProblemList
{
    // An exception, a path and a message: some ten microseconds.
    private const int StepsPerProblem = 50;

    private readonly List<Problem> _problems = [];

    /// <param name="budget">Pays for problems; that of the document.</param>
    public ProblemList(StepBudget budget)
    {
        Budget = budget;
    }

    /// <summary>The steps that are left for the document.</summary>
    public StepBudget Budget { get; }

    /// <summary>The memory that compiling the document leaves to others.</summary>
    public MemoryReserve Reserve { get; } = MemoryReserve.OfProcess();

    /// <summary>The problems found so far.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The number of problems found so far.</summary>
    public int Count => _problems.Count;

    /// <summary>Adds a problem.</summary>
    /// <exception cref="StepBudgetException">There are too many.</exception>
    public void Add(DocumentPath path, string message)
    {
        Budget.Place = path;
        var text = path.ToString();
        Budget.Spend(StepsPerProblem + text.Length);
        _problems.Add(new Problem(text, message));
    }

    /// <summary>Inserts problems at the position where they would be had they been found earlier.</summary>
    public void Insert(int index, ProblemList problems) => _problems.InsertRange(index, problems._problems);
}
