namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>A difference between two answers.</summary>
/// <param name="Question">The question.</param>
/// <param name="Feature">The feature; null if the answers differ as a whole.</param>
/// <param name="Here">The answer of this server.</param>
/// <param name="There">The answer of the other server.</param>
internal sealed record Difference(Question Question, string? Feature, string Here, string There)
{
    /// <summary>The explanation of the answer of this server; null if there is none.</summary>
    public string? Explanation { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Question.Label}{(Feature is null ? "" : $", feature {Feature}")}: here {Here}, there {There}{(Explanation is null ? "" : $"; {Explanation}")}";
}
