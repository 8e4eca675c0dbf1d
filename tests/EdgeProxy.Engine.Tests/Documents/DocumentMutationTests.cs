using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Testing;

namespace EdgeProxy.Engine.Tests.Documents;

/// <summary>
/// Documents that are almost right: whatever is in them, they compile or are refused, and what compiles evaluates to
/// well-formed JSON.
/// </summary>
public sealed class DocumentMutationTests
{
    private const int Rounds = 4000;

    private static readonly string[] Replacements =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "123456789012345678901234567890", "\"\"", "\"x\"", "\"$.identity.key\"", "\"$..*\"", "\"\\ud800\"",
        "[]", "{}", "[[]]", "[null]", "{\"\":null}", "\"REGEX\"", "\"IN\"", "\"MODULO\"", "\"PERCENTAGE_SPLIT\"", "\"(a+)+$\"", "\"NONE\"", "\"ANY\"",
    ];

    [Fact]
    public void Compile_AnyValueReplaced_CompilesOrIsRefused()
    {
        var random = new Random(20261122);
        var original = Repository.Read("examples/demo-environment.json");
        var compiled = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var document = JsonNode.Parse(original)!;
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                Change(document, random);
            }

            // Serialized with the escape of half a surrogate pair as it is.
            compiled += TryCompile(document.ToJsonString().Replace("\\\\ud800", "\\ud800", StringComparison.Ordinal)) ? 1 : 0;
        }

        Assert.InRange(compiled, Rounds / 2, Rounds - 1);
    }

    [Fact]
    public void Compile_AnyByteReplaced_CompilesOrIsRefused()
    {
        var random = new Random(20261123);
        var original = Encoding.UTF8.GetBytes(Repository.Read("examples/demo-environment.json"));
        var compiled = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var document = original.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                document[random.Next(document.Length)] = (byte)random.Next(256);
            }

            compiled += TryCompile(document) ? 1 : 0;
        }

        Assert.InRange(compiled, 1, Rounds - 1);
    }

    private static void Change(JsonNode document, Random random)
    {
        var node = document;
        while (true)
        {
            var children = node switch
            {
                JsonObject members => members.Select(static member => member.Value).ToList(),
                JsonArray items => [.. items],
                _ => [],
            };
            if (children.Count == 0)
            {
                return;
            }

            var at = random.Next(children.Count);
            if (children[at] is { } child and not JsonValue && random.Next(5) > 0)
            {
                node = child;
                continue;
            }

            var replacement = JsonNode.Parse(Replacements[random.Next(Replacements.Length)].Replace("\\ud800", "\\\\ud800", StringComparison.Ordinal));
            if (node is JsonArray array)
            {
                array[at] = replacement;
            }
            else
            {
                var name = node.AsObject().ElementAt(at).Key;
                if (random.Next(4) == 0)
                {
                    node.AsObject().Remove(name);
                }
                else
                {
                    node[name] = replacement;
                }
            }

            return;
        }
    }

    private static bool TryCompile(string document) => TryCompile(Encoding.UTF8.GetBytes(document));

    private static bool TryCompile(byte[] document)
    {
        try
        {
            var (snapshot, problems) = EnvironmentCompiler.Compile(document);
            Assert.All(problems, static problem => Assert.StartsWith("$.", problem.Path, StringComparison.Ordinal));
            JsonNode.Parse(snapshot.EnvironmentFlags(FlagAudience.Client).Span);
            snapshot.Evaluate(new Identity("grace@example.com") { Traits = { ["plan"] = "enterprise", ["app_version"] = "1.2.3", ["platform"] = "ios" } });
            return true;
        }
        catch (EnvironmentDocumentException exception)
        {
            Assert.NotEmpty(exception.Message);
            return false;
        }
    }
}
