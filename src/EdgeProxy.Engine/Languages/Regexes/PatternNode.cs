namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>A part of a parsed pattern. Flags are worked in: a node means the same wherever it stands.</summary>
internal abstract class PatternNode(Width width)
{
    /// <summary>The count of a repetition without an upper limit.</summary>
    public const uint Unlimited = uint.MaxValue;

    public Width Width { get; } = width;

    /// <summary>One code point out of a set.</summary>
    internal sealed class Characters(CodePointSet set) : PatternNode(Width.One)
    {
        public CodePointSet Set { get; } = set;
    }

    internal sealed class Anchor(AnchorKind kind) : PatternNode(Width.Zero)
    {
        public AnchorKind Kind { get; } = kind;
    }

    internal sealed class Sequence(IReadOnlyList<PatternNode> items) : PatternNode(Width.OfSequence(items))
    {
        public IReadOnlyList<PatternNode> Items { get; } = items;
    }

    internal sealed class Alternation(IReadOnlyList<PatternNode> options) : PatternNode(Width.OfAlternation(options))
    {
        public IReadOnlyList<PatternNode> Options { get; } = options;
    }

    /// <summary>A group in parentheses; without a number it does not capture.</summary>
    internal sealed class Group(int? number, PatternNode body) : PatternNode(body.Width)
    {
        public int? Number { get; } = number;

        public PatternNode Body { get; } = body;
    }

    internal sealed class Repeat(PatternNode body, uint min, uint max, RepeatMode mode)
        : PatternNode(body.Width.Repeated(min, max))
    {
        public PatternNode Body { get; } = body;

        public uint Min { get; } = min;

        public uint Max { get; } = max;

        public RepeatMode Mode { get; } = mode;
    }

    internal sealed class Atomic(PatternNode body) : PatternNode(body.Width)
    {
        public PatternNode Body { get; } = body;
    }

    /// <summary>A lookahead or, where the body has to end here, a lookbehind.</summary>
    internal sealed class Look(PatternNode body, bool isBehind, bool isNegative) : PatternNode(Width.Zero)
    {
        public PatternNode Body { get; } = body;

        public bool IsBehind { get; } = isBehind;

        public bool IsNegative { get; } = isNegative;
    }

    /// <summary>The text of a group again.</summary>
    internal sealed class Reference(int groupNumber, Width width, CaseRule comparison) : PatternNode(width)
    {
        public int GroupNumber { get; } = groupNumber;

        public CaseRule Comparison { get; } = comparison;
    }

    /// <summary>One of two, by whether a group has matched.</summary>
    internal sealed class Conditional(int groupNumber, PatternNode yes, PatternNode no) : PatternNode(yes.Width | no.Width)
    {
        public int GroupNumber { get; } = groupNumber;

        public PatternNode Yes { get; } = yes;

        public PatternNode No { get; } = no;
    }
}
