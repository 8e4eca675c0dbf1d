namespace EdgeProxy.Fuzzing.Requests;

/// <summary>The bytes sent on one connection.</summary>
/// <param name="Number">Its number; with the seed, it says everything about the case.</param>
/// <param name="Pieces">The bytes, with a pause between two pieces.</param>
internal sealed record RequestCase(long Number, IReadOnlyList<byte[]> Pieces)
{
    /// <summary>All bytes.</summary>
    public byte[] Bytes => [.. Pieces.SelectMany(static piece => piece)];

    /// <summary>If these are requests of the corpus, whole and one behind the other: which. Their answers are known.</summary>
    public IReadOnlyList<int>? Known { get; init; }

    /// <summary>If this is one well-formed request of OFREP, with any key and body: which.</summary>
    public OfrepQuestion Ofrep { get; init; }

    /// <summary>True if the proxy has to answer all of it, and the last question behind it.</summary>
    public bool IsWellFormed => Known is not null || Ofrep != OfrepQuestion.None;

    /// <summary>True if the client goes away without a word, as soon as it has said what it wanted.</summary>
    public bool IsReset { get; init; }
}
