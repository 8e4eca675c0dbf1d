using System.Text;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// A version of an environment, ready for OFREP requests: rendered flags, and the bodies that many requests get. A body is
/// made when it is first asked for.
/// </summary>
internal sealed class OfrepAnswers
{
    private const int BodyCount = 8;

    private readonly TaggedBody?[] _bodies = new TaggedBody?[BodyCount];
    private readonly byte[] _after;
    private readonly byte[] _afterWithStreams;

    /// <param name="flags">The flags.</param>
    /// <param name="document">The document, which need not be the one that the flags are of, but must be equivalent.</param>
    /// <param name="form">The form.</param>
    /// <param name="gzip">The preparation of the flags for gzip.</param>
    public OfrepAnswers(OfrepFlags flags, PublishedDocument document, OfrepForm form, PreparedGzip gzip)
    {
        Flags = flags;
        Form = form;
        Revision = document.Version;
        Gzip = gzip;
        var version = form.HasVersion && document.UpdatedAt is { } time ? $",\"metadata\":{{\"version\":\"{IsoTime.Format(time)}\"}}" : "";
        _after = Encoding.UTF8.GetBytes(version + "}");
        _afterWithStreams = form.EventStreams.IsEmpty ? _after : [.. Encoding.UTF8.GetBytes(version), .. form.EventStreams.Span, (byte)'}'];
    }

    /// <summary>The text before the flags.</summary>
    public static ReadOnlySpan<byte> Before => "{\"flags\":"u8;

    /// <summary>The flags.</summary>
    public OfrepFlags Flags { get; }

    /// <summary>The preparation of the flags for gzip.</summary>
    public PreparedGzip Gzip { get; }

    /// <summary>The form.</summary>
    public OfrepForm Form { get; }

    /// <summary>The entity tag of the document, without quotes.</summary>
    public string Revision { get; }

    /// <summary>The text behind the flags.</summary>
    public ReadOnlySpan<byte> After(bool hasStreams) => hasStreams ? _afterWithStreams : _after;

    /// <summary>The length of an answer with these flags in bytes.</summary>
    public int Measure(ReadOnlySpan<int> outcomes, FlagAudience audience, bool hasStreams) =>
        Before.Length + Flags.Measure(outcomes, audience) + After(hasStreams).Length;

    /// <summary>Writes an answer with these flags.</summary>
    /// <param name="outcomes">The flags.</param>
    /// <param name="audience">The reader.</param>
    /// <param name="hasStreams">True to offer event streams.</param>
    /// <param name="destination">At least <see cref="Measure"/> bytes.</param>
    public void Write(ReadOnlySpan<int> outcomes, FlagAudience audience, bool hasStreams, Span<byte> destination)
    {
        Before.CopyTo(destination);
        var at = Before.Length;
        at += Flags.Write(outcomes, audience, destination[at..]);
        After(hasStreams).CopyTo(destination[at..]);
    }

    /// <summary>The answer that most requests of a kind get: nothing deviates from the environment flags.</summary>
    /// <param name="audience">The reader.</param>
    /// <param name="hasIdentity">False for requests without an identity.</param>
    /// <param name="hasStreams">True to offer event streams.</param>
    public TaggedBody Body(FlagAudience audience, bool hasIdentity, bool hasStreams)
    {
        var number = NumberOf(audience, hasIdentity && Flags.HasOwnEnvironmentFlags, hasStreams && !Form.EventStreams.IsEmpty);
        return Volatile.Read(ref _bodies[number]) ?? Make(number);
    }

    /// <summary>Makes every body, in every coding, that the previous version has, so that no request waits for a new one.</summary>
    public void PrepareLike(OfrepAnswers earlier)
    {
        Gzip.PrepareLike(earlier.Gzip);
        for (var number = 0; number < BodyCount; number++)
        {
            if (Volatile.Read(ref earlier._bodies[number]) is { } body)
            {
                Make(number).Content.PrepareLike(body.Content);
            }
        }
    }

    private static int NumberOf(FlagAudience audience, bool hasIdentity, bool hasStreams) =>
        (audience == FlagAudience.Client ? 1 : 0) | (hasIdentity ? 2 : 0) | (hasStreams ? 4 : 0);

    private TaggedBody Make(int number)
    {
        var audience = (number & 1) != 0 ? FlagAudience.Client : FlagAudience.Server;
        var outcomes = (number & 2) != 0 ? Flags.UsualOutcomes : Flags.EnvironmentOutcomes;
        var hasStreams = (number & 4) != 0;
        var plain = new byte[Measure(outcomes, audience, hasStreams)];
        Write(outcomes, audience, hasStreams, plain);
        var made = new TaggedBody(plain);
        return Interlocked.CompareExchange(ref _bodies[number], made, comparand: null) ?? made;
    }
}
