using System.Runtime.InteropServices;

namespace Unroll.Mpi;

/// <summary>The functions of an MPI library, and its handles: addresses in Open MPI, numbers in MPICH.</summary>
internal sealed unsafe class MpiFunctions
{
    private const int Success = 0;
    private const int Serialized = 2;

    private readonly delegate* unmanaged[Cdecl]<void*, void*, int, int*, int> _initThread;
    private readonly delegate* unmanaged[Cdecl]<int*, int> _isInitialized;
    private readonly delegate* unmanaged[Cdecl]<int> _end;
    private readonly delegate* unmanaged[Cdecl]<nint, int*, int> _rank;
    private readonly delegate* unmanaged[Cdecl]<nint, int*, int> _size;
    private readonly delegate* unmanaged[Cdecl]<nint, void*, int, nint, nint, nint, int> _allReduce;
    private readonly delegate* unmanaged[Cdecl]<void*, int, nint, int, nint, int> _broadcast;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _barrier;
    private readonly nint _world;
    private readonly nint _sum;
    private readonly nint _inPlace;

    /// <param name="library">The loaded library.</param>
    public MpiFunctions(nint library)
    {
        _initThread = (delegate* unmanaged[Cdecl]<void*, void*, int, int*, int>)NativeLibrary.GetExport(library, "MPI_Init_thread");
        _isInitialized = (delegate* unmanaged[Cdecl]<int*, int>)NativeLibrary.GetExport(library, "MPI_Initialized");
        _end = (delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(library, "MPI_Finalize");
        _rank = (delegate* unmanaged[Cdecl]<nint, int*, int>)NativeLibrary.GetExport(library, "MPI_Comm_rank");
        _size = (delegate* unmanaged[Cdecl]<nint, int*, int>)NativeLibrary.GetExport(library, "MPI_Comm_size");
        _allReduce = (delegate* unmanaged[Cdecl]<nint, void*, int, nint, nint, nint, int>)NativeLibrary.GetExport(library, "MPI_Allreduce");
        _broadcast = (delegate* unmanaged[Cdecl]<void*, int, nint, int, nint, int>)NativeLibrary.GetExport(library, "MPI_Bcast");
        _barrier = (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(library, "MPI_Barrier");
        if (NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out _world))
        {
            Implementation = "Open MPI";
            _sum = NativeLibrary.GetExport(library, "ompi_mpi_op_sum");
            _inPlace = 1;
            Float = NativeLibrary.GetExport(library, "ompi_mpi_float");
            Double = NativeLibrary.GetExport(library, "ompi_mpi_double");
            Byte = NativeLibrary.GetExport(library, "ompi_mpi_byte");
        }
        else
        {
            // The numbers of the common binary interface of MPICH and its kin.
            Implementation = "MPICH";
            _world = 0x44000000;
            _sum = 0x58000003;
            _inPlace = -1;
            Float = 0x4C00040A;
            Double = 0x4C00080B;
            Byte = 0x4C00010D;
        }
    }

    /// <summary>Whose library it is.</summary>
    public string Implementation { get; }

    public nint Float { get; }

    public nint Double { get; }

    public nint Byte { get; }

    /// <summary>Begins with MPI, for calls from one thread at a time.</summary>
    /// <exception cref="ClusterException">It cannot, or allows calls from the first thread only.</exception>
    public void Initialize()
    {
        int provided = 0;
        Require(_initThread(null, null, Serialized, &provided), "MPI_Init_thread");
        if (provided < Serialized)
        {
            throw new ClusterException($"This {Implementation} can only be called from the first thread; install one that allows threads.");
        }
    }

    public bool IsInitialized()
    {
        int flag = 0;
        Require(_isInitialized(&flag), "MPI_Initialized");
        return flag != 0;
    }

    public int Rank()
    {
        int rank = 0;
        Require(_rank(_world, &rank), "MPI_Comm_rank");
        return rank;
    }

    public int Size()
    {
        int size = 0;
        Require(_size(_world, &size), "MPI_Comm_size");
        return size;
    }

    public void AllReduce(void* values, int count, nint type) =>
        Require(_allReduce(_inPlace, values, count, type, _sum, _world), "MPI_Allreduce");

    public void Broadcast(void* values, int count) => Require(_broadcast(values, count, Byte, 0, _world), "MPI_Bcast");

    public void Barrier() => Require(_barrier(_world), "MPI_Barrier");

    /// <summary>Ends MPI in this process, together with the others.</summary>
    public void End() => Require(_end(), "MPI_Finalize");

    private void Require(int code, string function)
    {
        if (code != Success)
        {
            throw new ClusterException($"{function} of {Implementation} failed with code {code}.");
        }
    }
}
