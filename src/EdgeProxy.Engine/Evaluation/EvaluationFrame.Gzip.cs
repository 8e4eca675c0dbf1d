using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Evaluation;

/// <content>Flags within a gzip member.</content>
internal sealed partial class EvaluationFrame
{
    /// <summary>The maximum buffer size for <see cref="WriteGzip"/> in bytes, part of it only temporarily.</summary>
    /// <param name="audience">The audience of the flags.</param>
    /// <param name="length">The length of the JSON in bytes: the flags, and the parts before and after them.</param>
    public int MeasureGzip(FlagAudience audience, int length) => Snapshot.GzipFlags(audience).Measure(length);

    /// <summary>
    /// Writes a gzip member (RFC 1952) of the flags of <see cref="WriteFlags"/> and the text around them. Costs little more
    /// than writing them uncompressed, and allocates nothing once the snapshot is prepared; calls <see
    /// cref="EnvironmentSnapshot.PrepareGzip"/> if it is not.
    /// </summary>
    /// <param name="audience">The audience of the flags; clients do not get every member.</param>
    /// <param name="before">The part before the flags; compressed, if only lightly, where it is long and ASCII.</param>
    /// <param name="after">The part after the flags; better short.</param>
    /// <param name="destination">At least <see cref="MeasureGzip"/> bytes.</param>
    /// <returns>The number of bytes written; those behind may have been overwritten.</returns>
    public int WriteGzip(FlagAudience audience, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, Span<byte> destination) =>
        Snapshot.GzipFlags(audience).Write(Outcomes, audience, before, after, destination);
}
