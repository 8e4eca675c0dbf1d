namespace EdgeProxy.Engine.Regexes.IRegexps;

/// <summary>Programs made out of smaller ones.</summary>
internal static class ProgramParts
{
    /// <summary>
    /// How many instructions a program may have. Repetitions are written out, which RFC 9485, section 8 warns of: ten
    /// characters can ask for millions.
    /// </summary>
    public const int MaxSize = 10_000;

    /// <summary>One or the other; null if that is too large.</summary>
    public static List<Instruction>? Choice(List<List<Instruction>> branches)
    {
        // A branch has a fork before it and a jump behind it; the last one needs neither.
        var size = branches.Sum(static branch => branch.Count + 2) - 2;
        if (size > MaxSize)
        {
            return null;
        }

        var choice = new List<Instruction>(size);
        foreach (var branch in branches.SkipLast(1))
        {
            choice.Add(new Instruction(Opcode.Fork, Target: branch.Count + 2));
            choice.AddRange(branch);
            choice.Add(new Instruction(Opcode.Jump, Target: size - choice.Count));
        }

        choice.AddRange(branches[^1]);
        return choice;
    }

    /// <summary>The same several times; null if that is too large.</summary>
    /// <param name="part">What is repeated.</param>
    /// <param name="least">How often at least.</param>
    /// <param name="most">How often at most; null is without end.</param>
    public static List<Instruction>? Repeat(List<Instruction> part, int least, int? most)
    {
        if (part.Count == 0)
        {
            return part; // any number of nothing is nothing
        }

        var optional = most - least ?? 1;
        if (((long)least * part.Count) + (optional * (part.Count + 2L)) > MaxSize)
        {
            return null;
        }

        var repeated = new List<Instruction>();
        for (var i = 0; i < least; i++)
        {
            repeated.AddRange(part);
        }

        if (most is null)
        {
            repeated.Add(new Instruction(Opcode.Fork, Target: part.Count + 2));
            repeated.AddRange(part);
            repeated.Add(new Instruction(Opcode.Jump, Target: -part.Count - 1));
            return repeated;
        }

        // Each time that may be left out leaves out all that follow, too: one way to match, where there could be many.
        for (var left = optional; left > 0; left--)
        {
            repeated.Add(new Instruction(Opcode.Fork, Target: left * (part.Count + 1)));
            repeated.AddRange(part);
        }

        return repeated;
    }
}
