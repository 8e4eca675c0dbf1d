namespace EdgeProxy.Host.Upstream;

/// <summary>Reads bodies of answers that are passed on to a client, within a size limit.</summary>
internal static class AnswerBody
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Reads a body.</summary>
    /// <returns>The body; null if it has more than <see cref="MaxBytes"/>.</returns>
    public static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var source = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var piece = new byte[4096];
        while (await source.ReadAsync(piece, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > MaxBytes)
            {
                return null;
            }

            body.Write(piece, 0, read);
        }

        return body.ToArray();
    }
}
