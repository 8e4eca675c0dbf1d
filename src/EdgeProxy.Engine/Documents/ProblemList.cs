using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Documents;

/// <summary>Collects the problems of one environment.</summary>
internal sealed class ProblemList
{
    private readonly List<Problem> _problems = [];

    /// <summary>The problems found so far.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The number of problems found so far.</summary>
    public int Count => _problems.Count;

    /// <summary>Adds a problem.</summary>
    public void Add(DocumentPath path, string message) => _problems.Add(new Problem(path.ToString(), message));

    /// <summary>Inserts problems at the position where they would be had they been found earlier.</summary>
    public void Insert(int index, ProblemList problems) => _problems.InsertRange(index, problems._problems);
}
