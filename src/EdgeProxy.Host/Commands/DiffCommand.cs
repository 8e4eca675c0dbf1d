using System.Text.Json;
using EdgeProxy.Engine.Differences;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Changes;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Commands;

/// <summary><c>edge-proxy diff OLD NEW</c> (docs/spec/changes.md 3): the differences between two environment documents.</summary>
internal static class DiffCommand
{
    private const int Same = 0;
    private const int Different = 1;
    private const int Unusable = 2;

    // For a document that comes from elsewhere, such as that of a running proxy.
    private const string StandardInput = "-";

    /// <summary>Prints the differences.</summary>
    /// <param name="arguments">The paths of two documents, one of which may be <c>-</c>, the standard input, and true to print JSON.</param>
    public static async Task<int> RunAsync((string Before, string After, bool IsJson) arguments)
    {
        if (await ReadAsync(arguments.Before) is not { } before || await ReadAsync(arguments.After) is not { } after)
        {
            return Unusable;
        }

        IReadOnlyList<EnvironmentChange> changes;
        try
        {
            changes = EnvironmentDiff.Between(before, after);
        }
        catch (EnvironmentDocumentException)
        {
            foreach (var (path, document) in new[] { (arguments.Before, before), (arguments.After, after) })
            {
                await CheckAsync(path, document);
            }

            return Unusable;
        }

        await (arguments.IsJson ? PrintJsonAsync(changes) : PrintAsync(changes));
        return changes.Count == 0 ? Same : Different;
    }

    private static async Task PrintAsync(IReadOnlyList<EnvironmentChange> changes)
    {
        await Console.Out.WriteLineAsync(LogText.Escape($"Changed: {ChangeSummary.Of(changes)}"));
        foreach (var change in changes)
        {
            await Console.Out.WriteLineAsync(LogText.Escape($"  {change}"));
        }
    }

    private static async Task PrintJsonAsync(IReadOnlyList<EnvironmentChange> changes)
    {
        await using var output = Console.OpenStandardOutput();
        await using (var writer = new Utf8JsonWriter(output, CompactJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("summary"u8, ChangeSummary.Of(changes));
            writer.WritePropertyName("differences"u8);
            ChangeJson.Write(writer, changes);
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static async Task<byte[]?> ReadAsync(string path)
    {
        try
        {
            return path == StandardInput ? await ReadStandardInputAsync() : await File.ReadAllBytesAsync(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            await Console.Error.WriteLineAsync($"{path} cannot be read: {FileErrors.Describe(path, exception)}.");
            return null;
        }
    }

    private static async Task<byte[]> ReadStandardInputAsync()
    {
        await using var input = Console.OpenStandardInput();
        using var document = new MemoryStream();
        await input.CopyToAsync(document);
        return document.ToArray();
    }

    /// <summary>Prints the error of a document that cannot be read.</summary>
    private static async Task CheckAsync(string path, byte[] document)
    {
        try
        {
            EnvironmentDiff.Between(document, document);
        }
        catch (EnvironmentDocumentException exception)
        {
            await Console.Error.WriteLineAsync(LogText.Escape($"{path} is no environment document: {exception.Message}"));
        }
    }
}
