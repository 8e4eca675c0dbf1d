namespace EdgeProxy.Engine.Evaluation;

/// <summary>The evaluation of the segments that override one feature, or of all segments at the bottom of the stack.</summary>
internal struct Activation
{
    /// <summary>The program counter if no segment is being evaluated.</summary>
    public const int Idle = -1;

    /// <summary>The feature number of the evaluation of all segments.</summary>
    public const int AllSegments = -1;

    /// <summary>The feature's number in <see cref="CyclePlan.Features"/>.</summary>
    public int Feature;

    /// <summary>The index of the segment under evaluation, or of the next one, in the list of segments.</summary>
    public int Next;

    /// <summary>The next instruction of the segment's program.</summary>
    public int ProgramCounter;

    /// <summary>The candidate being read, within a <see cref="Opcode.Read"/>.</summary>
    public int Candidate;

    /// <summary>The number of cycles found when the segment's evaluation began.</summary>
    public int HitsBefore;

    /// <summary>The place of the segment's first register.</summary>
    public int FirstRegister;

    /// <summary>The strongest override so far whose segment matches.</summary>
    public int BestRank;

    /// <summary>The lowest position on the stack that a read from here or above led back to; its own if none did.</summary>
    public int Lowest;

    /// <summary>Indicates whether a read led back to this feature.</summary>
    public bool IsReadAgain;
}
