using System.IO.Compression;
using System.Text;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Rendering;

/// <summary>Gzip answers against plain ones.</summary>
internal static class GzipAnswer
{
    /// <summary>Evaluates for somebody or nobody.</summary>
    public static void Evaluate(EvaluationFrame frame, EnvironmentSnapshot snapshot, Identity? identity)
    {
        Begin(frame, snapshot, identity);
        frame.Evaluate();
    }

    /// <summary>Begins an evaluation for somebody or nobody.</summary>
    public static void Begin(EvaluationFrame frame, EnvironmentSnapshot snapshot, Identity? identity)
    {
        frame.Begin(snapshot);
        if (identity is not null)
        {
            frame.SetIdentity(Encoding.UTF8.GetBytes(identity.Identifier), Encoding.UTF8.GetBytes(identity.Key ?? ""));
            foreach (var (key, value) in identity.Traits)
            {
                frame.SetTrait(Encoding.UTF8.GetBytes(key), value);
            }
        }
    }

    /// <summary>Writes both answers, holds them against each other, and returns the length of the gzip one.</summary>
    public static int Check(EvaluationFrame frame, FlagAudience audience, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var flags = new byte[frame.MeasureFlags(audience)];
        frame.WriteFlags(audience, flags);

        // What was there before must not matter, and what is behind must stay.
        var measured = frame.MeasureGzip(audience, before.Length + flags.Length + after.Length);
        var room = new byte[measured + 1];
        room.AsSpan().Fill(0xA5);
        var length = frame.WriteGzip(audience, before, after, room.AsSpan(0, measured));

        Assert.InRange(length, 0, measured);
        Assert.Equal(0xA5, room[^1]);
        Assert.Equal([.. before, .. flags, .. after], Decompress(room.AsSpan(0, length)));
        return length;
    }

    /// <summary>The content of a gzip member, which must end where the bytes do.</summary>
    public static byte[] Decompress(ReadOnlySpan<byte> member)
    {
        using var plain = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(member.ToArray()), CompressionMode.Decompress);
        gzip.CopyTo(plain);
        var content = plain.ToArray();

        // GZipStream checks neither of these.
        Assert.Equal(System.IO.Hashing.Crc32.HashToUInt32(content), BitConverter.ToUInt32(member[^8..]));
        Assert.Equal((uint)content.Length, BitConverter.ToUInt32(member[^4..]));
        return content;
    }
}
