using System.Text;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands;

/// <summary><c>edge-proxy check-config</c>: the verdict, and what it is based on.</summary>
public sealed class CheckConfigTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Verdict_GoodConfiguration_SaysWhatWouldBeServed()
    {
        var (code, error) = await CheckAsync(
            """{"environment_key_pairs":[{"server_side_key":"ser.a","client_side_key":"a"}],"api_url":"https://api.example/api/v1"}""");

        Assert.Equal(0, code);
        Assert.Equal("The configuration is valid: 1 environment polled from https://api.example/api/v1.", error.Trim());
    }

    [Fact]
    public async Task Notes_SettingsWithoutEffect_Named()
    {
        var (code, error) = await CheckAsync("""{"proxy_key":"proxy","server":{"reload":true},"endpoint_caches":{"flags":{"use_cache":true,"cache_max_size":128}}}""");

        Assert.Equal(0, code);
        Assert.Contains("Settings that have no effect: server.reload (", error, StringComparison.Ordinal);
        Assert.Contains("endpoint_caches.flags.use_cache (", error, StringComparison.Ordinal);
        Assert.DoesNotContain("cache_max_size", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_ATypingErrorInTheName_NamedToo()
    {
        var (code, error) = await CheckAsync("""{"enviroment_key_pairs":[{"server_side_key":"ser.a","client_side_key":"a"}]}""");

        Assert.Equal(1, code);
        Assert.Contains("environment_key_pairs: must list at least one environment", error, StringComparison.Ordinal);
        Assert.Contains("enviroment_key_pairs (did you mean environment_key_pairs?)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_NamedFileIsNotThere_NamedToo()
    {
        using var program = EdgeProxyProcess.Start([], ["check-config", "--config", _directory.Combine("nowhere.json")]);

        Assert.Equal(1, await program.ExitAsync());
        var error = await program.ReadErrorAsync();
        Assert.Contains($"There is no configuration file at {_directory.Combine("nowhere.json")}.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("no file was found", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SnapshotDirectory_AFile_ExitCodeOne()
    {
        var file = _directory.Combine("file");
        await File.WriteAllTextAsync(file, "");

        var (code, error) = await CheckAsync($$"""{"proxy_key":"proxy","snapshot_directory":"{{file}}"}""");

        Assert.Equal(1, code);
        Assert.Contains($"snapshot_directory: {file} cannot be used: it is a file, not a directory", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Online_KeysGoodAndBad_TheResultOfEachAndNoKey()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.a-long-good-key", Encoding.UTF8.GetBytes(Documents.Small("a-long-client-key").ToJsonString()));
        upstream.SetDocument("ser.b-long-other-key", Encoding.UTF8.GetBytes(Documents.Small("another-client-key").ToJsonString()));
        upstream.Behaviour = context => upstream.DocumentFor(context).Length == 0 ? FakeUpstream.Status(403)(context) : upstream.AnswerWithDocumentAsync(context);

        var (code, error) = await CheckAsync(
            $$"""
            {"api_url":"{{new Uri(upstream.Address, "/api/v1")}}","environment_key_pairs":[
            {"server_side_key":"ser.a-long-good-key","client_side_key":"a-long-client-key"},
            {"server_side_key":"ser.b-long-other-key","client_side_key":"b-long-client-key"},
            {"server_side_key":"ser.c-long-bad-key","client_side_key":"c-long-client-key"}]}
            """,
            "--online");

        Assert.Equal(1, code);
        Assert.Contains("environment ser.a-lo…: OK, \"Test\" with ", error, StringComparison.Ordinal);
        Assert.Contains("environment ser.b-lo…: the document belongs to the client-side key another-…", error, StringComparison.Ordinal);
        Assert.Matches("environment ser.c-lo…: .*403", error);
        Assert.Contains($"but 2 of 3 keys failed the check against {new Uri(upstream.Address, "/api/v1")}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("-key", error.Replace("client-side key", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Online_EveryKeyGood_ExitCodeZero()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.a", Encoding.UTF8.GetBytes(Documents.Small("a").ToJsonString()));

        var (code, error) = await CheckAsync(
            $$"""{"api_url":"{{new Uri(upstream.Address, "/api/v1")}}","environment_key_pairs":[{"server_side_key":"ser.a","client_side_key":"a"}]}""", "--online");

        Assert.Equal(0, code);
        Assert.Contains("The configuration is valid", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_Encrypted_SaysThatThePasswordIsMissing()
    {
        var certificate = TestCertificate.Create("password");
        await File.WriteAllTextAsync(_directory.Combine("tls.crt"), certificate.CertificatePem);
        await File.WriteAllTextAsync(_directory.Combine("tls.key"), certificate.KeyPem);

        var (code, error) = await CheckAsync(
            $$"""{"proxy_key":"proxy","server":{"tls":{"certificate_file":"{{_directory.Combine("tls.crt")}}","key_file":"{{_directory.Combine("tls.key")}}" } } }""");

        Assert.Equal(1, code);
        Assert.Contains("tls.key is encrypted; set server.tls.key_password", error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Error)> CheckAsync(string settings, params string[] options)
    {
        var file = _directory.Combine("config.json");
        await File.WriteAllTextAsync(file, settings);
        using var program = EdgeProxyProcess.Start([], ["check-config", "--config", file, .. options]);
        var code = await program.ExitAsync();
        return (code, await program.ReadErrorAsync());
    }
}
