using System.Runtime.CompilerServices;

namespace Unroll.Memory;

/// <summary>
/// What a thread that predicts keeps for itself: memory for its blocks, and which model's parameters it reads. A stream, which is for one thread
/// at a time, has one of its own: it is there without being looked for.
/// </summary>
internal sealed class PredictingThread
{
    [ThreadStatic]
    private static PredictingThread? t_current;

    private Arena? _scratch;
    private int _model;

    private PredictingThread()
    {
    }

    /// <summary>That of the calling thread.</summary>
    public static PredictingThread Current => t_current ?? Register();

    /// <summary>Whether any thread reads a model's parameters.</summary>
    public static bool IsAnyAt(int model)
    {
        lock (Registry.All)
        {
            foreach (WeakReference<PredictingThread> reference in Registry.All)
            {
                if (reference.TryGetTarget(out PredictingThread? thread) && Volatile.Read(ref thread._model) == model)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Notes which model's parameters are read from now on.</summary>
    public void Begin(int model) => Volatile.Write(ref _model, model);

    /// <summary>Notes that they no longer are.</summary>
    public void End() => Volatile.Write(ref _model, 0);

    /// <summary>Memory of at least so many floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Arena Scratch(int floats) => _scratch is { } scratch && scratch.Length >= floats ? scratch : Grow(floats);

    private Arena Grow(int floats) => _scratch = new Arena(floats);

    /// <summary>One that is seen by who changes parameters.</summary>
    public static PredictingThread Registered()
    {
        var thread = new PredictingThread();
        lock (Registry.All)
        {
            // Looked through each time it has doubled: thousands of streams are not looked through for each of them.
            if (Registry.All.Count >= Registry.Tidied * 2)
            {
                Registry.All.RemoveAll(static reference => !reference.TryGetTarget(out _));
                Registry.Tidied = Math.Max(Registry.All.Count, Registry.Few);
            }

            Registry.All.Add(new WeakReference<PredictingThread>(thread));
        }

        return thread;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PredictingThread Register() => t_current = Registered();

    // In a class of its own: one with a static constructor has it looked for at each access to what belongs to the thread.
    private static class Registry
    {
        public const int Few = 32;

        public static readonly List<WeakReference<PredictingThread>> All = [];

        /// <summary>How many there were when those that are gone were last taken out.</summary>
        public static int Tidied { get; set; } = Few;
    }
}
