using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Offline;

/// <summary>
/// Loads offline documents, and reads only their keys: the listener must not wait for a compilation, but the keys must be
/// known when it opens.
/// </summary>
internal static class OfflineDocumentLoader
{
    private const string DemoResource = "demo-environment.json";

    /// <summary>Loads all documents.</summary>
    /// <param name="files">The files.</param>
    /// <param name="demo">True to serve the demo environment too.</param>
    /// <param name="problems">Receives the problems.</param>
    public static IReadOnlyList<OfflineDocument> Load(IReadOnlyList<EnvironmentDocumentOptions> files, bool demo, List<SettingProblem> problems)
    {
        var documents = new List<OfflineDocument>();
        if (demo)
        {
            var content = ReadDemo();
            documents.Add(new OfflineDocument(StateOf(content, serverSideKey: null), content));
        }

        for (var i = 0; i < files.Count; i++)
        {
            var document = files[i];
            try
            {
                // The stamp before the content: a change in between is noticed at the next check.
                var (stamp, content) = BoundedRead.Run(() => (FileStamp.Of(document.Path), ReadFile(document.Path)));
                documents.Add(new OfflineDocument(StateOf(content, document.ServerSideKey), content, document.Path, stamp));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add(new SettingProblem($"environment_documents[{i}]", $"{document.Path} cannot be read: {FileErrors.Describe(document.Path, exception)}"));
            }
            catch (EnvironmentDocumentException exception)
            {
                problems.Add(new SettingProblem($"environment_documents[{i}]", $"{document.Path} is not an environment document: {exception.Message}"));
            }
        }

        return documents;
    }

    /// <summary>Reports keys that belong to two environments.</summary>
    public static void CheckKeys(IReadOnlyList<EnvironmentKeyPairOptions> pairs, IReadOnlyList<OfflineDocument> documents, List<SettingProblem> problems)
    {
        var keys = pairs
            .SelectMany(static pair => new[] { pair.ClientSideKey, pair.ServerSideKey })
            .ToHashSet(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            foreach (var key in document.Environment.ServerSideKeys.Select(static key => key.Key).Prepend(document.Environment.ClientSideKey))
            {
                if (!keys.Add(key))
                {
                    problems.Add(new SettingProblem(
                        "environment_documents", $"{document.Path ?? "the demo environment"} has a key that another environment has too"));
                }
            }
        }
    }

    /// <summary>Reads a document from a file, without the byte order mark that some editors write.</summary>
    public static byte[] ReadFile(string path)
    {
        var content = File.ReadAllBytes(path);
        var mark = "\uFEFF"u8;
        return content.AsSpan().StartsWith(mark) ? content[mark.Length..] : content;
    }

    /// <summary>Reads the <c>api_key</c> of a document without parsing the rest.</summary>
    /// <exception cref="EnvironmentDocumentException">There is none.</exception>
    public static string ReadKey(ReadOnlySpan<byte> document)
    {
        try
        {
            return DocumentMember.FindText(document, "api_key"u8) ?? throw new EnvironmentDocumentException("it has no api_key.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new EnvironmentDocumentException("it is not valid JSON.", exception);
        }
    }

    private static EnvironmentState StateOf(byte[] content, string? serverSideKey)
    {
        var key = ReadKey(content);
        return new EnvironmentState(key, serverSideKey ?? EnvironmentKeyPairOptions.ServerKeyPrefix + key, EnvironmentKind.Offline);
    }

    private static byte[] ReadDemo()
    {
        using var stream = typeof(OfflineDocumentLoader).Assembly.GetManifestResourceStream(DemoResource)
            ?? throw new InvalidOperationException("The demo environment is not built in.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
