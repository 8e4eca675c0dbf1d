namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>A compiled pattern. Immutable.</summary>
/// <param name="Instructions">From the first one on; the last accepts.</param>
/// <param name="Sets">The sets that instructions refer to.</param>
/// <param name="SlotCount">The number of positions to record.</param>
internal sealed record RegexProgram(Instruction[] Instructions, CodePointSet[] Sets, int SlotCount)
{
    /// <summary>The steps to build it.</summary>
    public long BuildSteps => Instructions.Length + Sets.Sum(static set => (long)set.BuildSteps);
}
