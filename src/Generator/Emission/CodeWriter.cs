using System.Text;

namespace Unroll.Generator.Emission;

/// <summary>Builds C# text: lines at the current depth, blocks as disposable scopes, always '\n' between lines.</summary>
internal sealed class CodeWriter
{
    private const string Indent = "    ";
    private const int LineLength = 140;

    // What C# ends a line at beside '\n', and with it a comment.
    private static readonly char[] s_lineEnds = ['\r', '\u0085', '\u2028', '\u2029'];

    private readonly StringBuilder _text = new();
    private readonly List<string> _pieces = [];
    private int _depth;

    /// <param name="depth">The depth to begin at, for text that another writer takes in.</param>
    public CodeWriter(int depth = 0)
    {
        _depth = depth;
    }

    public int Depth => _depth;

    private int Room => LineLength - (_depth * Indent.Length);

    /// <summary>Writes one line, or each line of a raw string, at the current depth.</summary>
    public void Line(string text)
    {
        int start = 0;
        while (true)
        {
            int end = text.IndexOf('\n', start);
            WriteSingle(text, start, end < 0 ? text.Length : end);
            if (end < 0)
            {
                return;
            }

            start = end + 1;
        }
    }

    public void Line() => _text.Append('\n');

    /// <summary>Takes in what another writer has written at this depth.</summary>
    public void Rendered(string text)
    {
        // Kernels are nearly all of the text: kept as pieces before what is still written, they are copied once, into the file.
        _pieces.Add(_text.ToString());
        _pieces.Add(text);
        _text.Clear();
    }

    /// <summary>Writes each line of <paramref name="text"/> as a <c>//</c> comment.</summary>
    public void Comment(string text)
    {
        string comment = text.IndexOfAny(s_lineEnds) < 0 ? text : string.Join(" ", text.Split(s_lineEnds));
        Line("// " + comment.Replace("\n", "\n// "));
    }

    /// <summary>Writes pieces one after another, as many a line as it holds; of further lines each is one level deeper if <paramref name="isHanging"/>.</summary>
    public void Wrapped(IEnumerable<string> pieces, bool isHanging = false)
    {
        int room = Room;
        var line = new StringBuilder();
        foreach (string piece in pieces)
        {
            if (line.Length > 0 && line.Length + 1 + piece.Length > room)
            {
                Line(line.ToString());
                line.Clear().Append(isHanging ? Indent : "");
            }
            else if (line.Length > 0)
            {
                line.Append(' ');
            }

            line.Append(piece);
        }

        Line(line.ToString());
    }

    /// <summary>Writes one statement that declares variables of one type, in as many lines as they take.</summary>
    public void Declare(string type, IEnumerable<string> declarators)
    {
        string[] all = [.. declarators];
        Wrapped([type, .. all.Select((declarator, index) => declarator + (index == all.Length - 1 ? ";" : ","))], isHanging: true);
    }

    /// <summary>Writes a call: in one line where it holds the call, else one reference a line, and the counts between them in one.</summary>
    public void Call(string method, IReadOnlyList<string> arguments)
    {
        string call = $"{method}({string.Join(", ", arguments)});";
        if (call.Length <= Room)
        {
            Line(call);
            return;
        }

        Line($"{method}(");
        using (Indented())
        {
            Line(string.Concat(arguments.Select((argument, index) => (index == 0 ? ""
                : IsReference(argument) || IsReference(arguments[index - 1]) ? ",\n"
                : ", ") + argument)) + ");");
        }

        static bool IsReference(string argument) => argument.StartsWith("ref ", StringComparison.Ordinal);
    }

    /// <summary>Opens a braced block under <paramref name="header"/>; disposing closes it with <c>}</c> + <paramref name="closing"/>.</summary>
    public IDisposable Block(string header, string closing = "")
    {
        Line(header);
        return Braces(closing);
    }

    /// <summary>Opens a braced block without a header.</summary>
    public IDisposable Braces(string closing = "")
    {
        Line("{");
        _depth++;
        return new Scope(this, "}" + closing);
    }

    /// <summary>Opens a bracketed list, the value of a property; disposing closes it with <c>],</c>.</summary>
    public IDisposable Bracketed()
    {
        Line("[");
        _depth++;
        return new Scope(this, "],");
    }

    /// <summary>Writes the following lines one level deeper, without braces.</summary>
    public IDisposable Indented()
    {
        _depth++;
        return new Scope(this, closing: null);
    }

    public override string ToString() => _pieces.Count == 0 ? _text.ToString() : string.Concat(_pieces.Append(_text.ToString()).ToArray());

    private void WriteSingle(string text, int start, int end)
    {
        while (end > start && text[end - 1] is (' ' or '\t' or '\r'))
        {
            end--;
        }

        // An empty line carries no indentation.
        if (end > start)
        {
            for (int i = 0; i < _depth; i++)
            {
                _text.Append(Indent);
            }

            _text.Append(text, start, end - start);
        }

        _text.Append('\n');
    }

    private sealed class Scope(CodeWriter writer, string? closing) : IDisposable
    {
        private bool _closed;

        public void Dispose()
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            writer._depth--;
            if (closing is not null)
            {
                writer.Line(closing);
            }
        }
    }
}
