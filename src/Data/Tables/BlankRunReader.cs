namespace Unroll.Data;

/// <summary>
/// Turns every run of blanks between two cells into one tab and drops those at the ends of a line, so that a parser for
/// one-character separators can read columns aligned with spaces. Blanks inside quotes stay as they are.
/// </summary>
internal sealed class BlankRunReader(TextReader inner) : TextReader
{
    /// <summary>What a run of blanks becomes.</summary>
    public const char Separator = '\t';

    private const int Nothing = -2;

    private int _pending = Nothing;
    private bool _quoted;
    private bool _lineStarted;

    public override int Read()
    {
        int next = Take();
        if (_quoted || !IsBlank(next))
        {
            return Seen(next);
        }

        while (IsBlank(next))
        {
            next = Take();
        }

        if (_lineStarted && next is not ('\n' or '\r' or -1))
        {
            _pending = next;
            return Separator;
        }

        return Seen(next);
    }

    private static bool IsBlank(int character) => character is ' ' or '\t';

    private int Take()
    {
        int next = _pending == Nothing ? inner.Read() : _pending;
        _pending = Nothing;
        return next;
    }

    private int Seen(int character)
    {
        // A doubled quote inside quotes closes and opens again at once: the same as staying inside.
        _quoted ^= character == '"';
        _lineStarted = character is not ('\n' or '\r');
        return character;
    }
}
