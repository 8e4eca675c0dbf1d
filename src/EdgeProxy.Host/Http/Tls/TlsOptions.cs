using System.Security.Authentication;
using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Http.Tls;

/// <summary>Options of TLS on the main port.</summary>
internal sealed record TlsOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<TlsOptions> Settings = new(
        new TypedSetting<TlsOptions, string?>(
            "server.tls.certificate_file", new TextForm(), static o => o.CertificateFile, static (o, v) => o with { CertificateFile = v })
        {
            Meaning = "a PEM file with the certificate, followed by its intermediate certificates; turns TLS on for `server.port`",
        },
        new TypedSetting<TlsOptions, string?>("server.tls.key_file", new TextForm(), static o => o.KeyFile, static (o, v) => o with { KeyFile = v })
        {
            Meaning = "a PEM file with the private key; if only one of the two files is set, it holds both",
        },
        new TypedSetting<TlsOptions, string?>("server.tls.key_password", new TextForm(), static o => o.KeyPassword, static (o, v) => o with { KeyPassword = v })
        {
            IsSecret = true,
            Meaning = "the password of an encrypted private key; better set as `SERVER_TLS_KEY_PASSWORD`, or in a file",
        },
        new TypedSetting<TlsOptions, SslProtocols>(
            "server.tls.minimum_version",
            new ChoiceForm<SslProtocols>(("1.2", SslProtocols.Tls12 | SslProtocols.Tls13), ("1.3", SslProtocols.Tls13)),
            static o => o.Protocols,
            static (o, v) => o with { Protocols = v })
        {
            Meaning = "the lowest version of TLS that is accepted",
        });

    /// <summary>A PEM file with the certificate and its intermediate certificates; null if it is in <see cref="KeyFile"/>.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>A PEM file with the private key; null if it is in <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The password of the private key; null if it is not encrypted.</summary>
    public string? KeyPassword { get; init; }

    /// <summary>The accepted versions of TLS. Default: 1.2 and 1.3.</summary>
    public SslProtocols Protocols { get; init; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>Indicates whether TLS is enabled.</summary>
    public bool IsEnabled => (CertificateFile ?? KeyFile) is not null;

    /// <summary>The file that the certificate is in.</summary>
    public string CertificatePath => CertificateFile ?? KeyFile ?? "";

    /// <summary>The file that the private key is in.</summary>
    public string KeyPath => KeyFile ?? CertificateFile ?? "";
}
