using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Tests.Logging;

/// <summary><c>logging.override</c>: which of log and access log goes where, as with Python's <c>dictConfig</c>.</summary>
public sealed class LogSinksFormTests
{
    private const string Handlers = """
        "handlers":{"f":{"class":"logging.FileHandler","filename":"f"},"g":{"class":"logging.FileHandler","filename":"g"},
        "c":{"class":"logging.StreamHandler"},"m":{"class":"logging.handlers.SMTPHandler"}}
        """;

    [Theory]
    [InlineData("", true, true, "")]
    [InlineData(""","root":{"handlers":["f"]}""", false, false, "f:log+access")]
    [InlineData(""","loggers":{"":{"handlers":["f"]}}""", false, false, "f:log+access")]
    [InlineData(""","root":{"handlers":["f","c"]}""", true, true, "f:log+access")]
    [InlineData(""","root":{"handlers":["m"]}""", true, true, "")]
    [InlineData(""","loggers":{"uvicorn.access":{"handlers":["g"]}}""", true, true, "g:access")]
    [InlineData(""","loggers":{"uvicorn.access":{"handlers":["g"],"propagate":false}}""", true, false, "g:access")]
    [InlineData(""","root":{"handlers":["f"]},"loggers":{"uvicorn.access":{"handlers":["g"]}}""", false, false, "f:log+access g:access")]
    [InlineData(""","root":{"handlers":["f"]},"loggers":{"uvicorn.access":{"handlers":["g"],"propagate":false}}""", false, false, "f:log g:access")]
    [InlineData(""","root":{"handlers":["f"]},"loggers":{"uvicorn.access":{"handlers":["c"],"propagate":false}}""", false, true, "f:log")]
    public void Read_Loggers_DestinationsAsInPython(string loggers, bool consoleTakesLog, bool consoleTakesAccessLog, string files)
    {
        var sinks = Read($"{{{Handlers}{loggers}}}").Options.Logging.Sinks;

        Assert.Equal(consoleTakesLog, sinks.ConsoleTakesLog);
        Assert.Equal(consoleTakesAccessLog, sinks.ConsoleTakesAccessLog);
        Assert.Equal(files, string.Join(' ', sinks.Files.Select(static file => $"{file.Path}:{(file.IncludesLog ? "log+" : "")}{(file.IncludesAccessLog ? "access" : "")}".TrimEnd('+'))));
    }

    [Fact]
    public void Read_PartsWithoutEffect_Named()
    {
        var warning = Assert.Single(Read($$"""{{{Handlers}},"filters":{},"root":{"level":"DEBUG","handlers":["f"]},"loggers":{"urllib3":{} } }""").Warnings);

        foreach (var name in (string[])["handlers.m", "filters", "root.level", "loggers.urllib3"])
        {
            Assert.Contains($"logging.override.{name}", warning, StringComparison.Ordinal);
        }
    }

    private static ConfigurationResult Read(string json)
    {
        var sources = new SettingsSources(ProxySettings.Catalog);
        sources.Set("logging", new JsonObject { ["override"] = JsonNode.Parse(json) });
        return ProxySettings.Bind(sources, demo: true);
    }
}
