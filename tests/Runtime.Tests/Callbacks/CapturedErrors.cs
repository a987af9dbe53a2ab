namespace Unroll.Runtime.Tests.Callbacks;

/// <summary>
/// What is written to the error stream while it lives; the tests that use it share a collection, so that they run one by one.
/// </summary>
internal sealed class CapturedErrors : IDisposable
{
    public const string Collection = "error stream";

    private readonly TextWriter _before = Console.Error;
    private readonly StringWriter _text = new();

    public CapturedErrors()
    {
        Console.SetError(_text);
    }

    public override string ToString() => _text.ToString().ReplaceLineEndings("\n");

    public void Dispose() => Console.SetError(_before);
}
